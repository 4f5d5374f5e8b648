//! Virtual meters behind pretend head-ends.
