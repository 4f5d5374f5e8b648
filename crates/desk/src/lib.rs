//! What can be done here: take an answer in, keep the worklist, ask the fleet.
