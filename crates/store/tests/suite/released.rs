//! Every schema that was released can be brought up to date with what is in it.
