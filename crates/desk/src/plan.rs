//! Who is asked for what, and when. Pure: the time is handed in.
