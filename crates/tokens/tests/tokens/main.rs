//! The room from outside: public vectors, typed text, masks, jobs.

mod masking;
mod parsing;
mod public_vectors;
mod purposes;
mod typos;
mod vectors;
