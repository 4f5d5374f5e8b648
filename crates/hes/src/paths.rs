//! The paths of tasks: station and concentrator have them alike.

use asking::Sort;

/// `/API/RemoteMeterTask/CreateReadingTask` and its like.
pub(crate) fn task_path(verb: &str, sort: Sort) -> String {
    let word = match sort {
        Sort::Reading => "Reading",
        Sort::Control => "Control",
        Sort::Setting => "Setting",
        Sort::Token => "Token",
    };
    format!("/API/RemoteMeterTask/{verb}{word}Task")
}
