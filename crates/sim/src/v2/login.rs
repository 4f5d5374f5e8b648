//! Logging in.

use super::Reply;
use crate::call::text;
use crate::clock::wall_ms;
use crate::dialect::Dialect;
use crate::door::Door;
use crate::jwt;
use serde_json::{Value, json};

/// `POST /api/user/login`. The refusal is the one that was seen at a station server; that the
/// concentrator's sounds the same is a guess.
pub(crate) fn login(door: &mut Door<'_>, body: &Value) -> Reply {
    let world = &*door.world;
    let spec = world.spec(door.head);
    let is = |name: &str, right: &str| text(body, name).as_deref() == Some(right);
    let company = world.dialect(door.head) == Dialect::Station || is("company", &spec.company);
    if !company || !is("userId", &spec.user) || !is("password", &spec.password.0) {
        return Reply::Code(1, "invalid username or password");
    }
    let now = wall_ms() / 1000;
    let token = jwt::issue(world.dice.0, &spec.user, world.calls, now, spec.login_s);
    Reply::Ok(json!({"token": token}))
}

/// `POST /api/user/logout`: the token stays good, as nothing says otherwise.
pub(crate) fn logout(_: &mut Door<'_>, _: &Value) -> Reply {
    Reply::Ok(Value::Null)
}

/// `POST /api/user/info`.
pub(crate) fn info(door: &mut Door<'_>, _: &Value) -> Reply {
    let spec = door.world.spec(door.head);
    Reply::Ok(json!({
        "userId": spec.user,
        "nickName": spec.user,
        "status": true,
        "roleId": "operator",
        "roleName": "operator",
        "company": null,
    }))
}
