//! The vendor's head-ends, one module a dialect.
