//! REST API and pages.
