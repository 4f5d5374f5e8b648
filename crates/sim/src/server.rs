//! Opening the doors, and shutting them.

use crate::call::{Answer, Call};
use crate::control;
use crate::dialect::Dialect;
use crate::fault::{FaultName, Met};
use crate::gate::{Gate, Scissors};
use crate::handle::Handle;
use crate::scene::{Password, Scene, SceneError};
use crate::world::World;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Method, Response, header};
use std::io;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The largest body a head reads, bytes.
const LARGEST_BODY: usize = 4 << 20;
/// How long a hanging call hangs at most.
const HANGS: Duration = Duration::from_mins(10);
/// How long stopping waits for open connections.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often the timeline is looked at while nobody calls.
const BEAT: Duration = Duration::from_millis(50);

/// Which doors to open, and how fast the time runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// The heads: dialect and port; port 0 takes a free one.
    pub heads: Vec<(Dialect, u16)>,
    /// The port of the control surface.
    pub control_port: u16,
    /// How many times faster than the computer's time the scene runs. 0: its time stands still and
    /// is moved by hand ([`Handle::advance`]).
    pub time_scale: f64,
}

impl Default for Options {
    /// One head of each dialect at free ports, in real time.
    fn default() -> Self {
        Self {
            heads: Dialect::ALL.map(|dialect| (dialect, 0)).to_vec(),
            control_port: 0,
            time_scale: 1.0,
        }
    }
}

/// An open head and the account it knows.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its dialect.
    pub dialect: Dialect,
    /// Where it is, without a path.
    pub url: String,
    /// The account.
    pub user: String,
    /// Its password.
    pub password: Password,
    /// The company (concentrator, v1).
    pub company: String,
    /// The second password, for vending.
    pub authorization: Password,
}

/// A running simulation. Dropping it shuts the doors too, without waiting.
#[derive(Debug)]
pub struct Running {
    /// The heads, in the order of [`Options::heads`].
    pub heads: Vec<Head>,
    /// Where the control surface is.
    pub control_url: String,
    /// A hold on the world.
    pub handle: Handle,
    stop: watch::Sender<bool>,
    doors: Vec<JoinHandle<()>>,
}

/// Why no simulation runs.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port cannot be taken.
    #[error("port {port} on 127.0.0.1 cannot be taken")]
    Port {
        /// The port; 0 is any.
        port: u16,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The scene cannot be played.
    #[error("the scene cannot be played")]
    Scene(#[from] SceneError),
}

/// Opens the doors of a scene.
pub async fn start(scene: Scene, options: &Options) -> Result<Running, StartError> {
    let (stop, stopped) = watch::channel(false);
    let mut gates = Vec::new();
    let mut doors = Vec::new();
    for &(_, port) in &options.heads {
        let (door, shut) = watch::channel(false);
        let gate = Gate::open(port, shut).await;
        gates.push(gate.map_err(|source| StartError::Port { port, source })?);
        doors.push(door);
    }
    let port = options.control_port;
    // it is never shut, but connections to it are cut: a webhook's answer may be lost
    let (open, shut) = watch::channel(false);
    let control = Gate::open(port, shut).await;
    let control = control.map_err(|source| StartError::Port { port, source })?;
    let control_url = url(axum::serve::Listener::local_addr(&control));

    let dialects: Vec<Dialect> = options.heads.iter().map(|(dialect, _)| *dialect).collect();
    let accounts = scene.heads.clone();
    let world = World::build(scene, dialects.clone(), doors, options.time_scale)?;
    let handle = Handle::new(world);
    let mut tasks = vec![
        tokio::spawn(beat(handle.clone(), stopped.clone())),
        tokio::spawn(tend(control, open, handle.clone(), stopped.clone())),
    ];
    let mut heads = Vec::new();
    for ((place, gate), dialect) in gates.into_iter().enumerate().zip(dialects) {
        let account = accounts.of(dialect).clone();
        heads.push(Head {
            dialect,
            url: url(axum::serve::Listener::local_addr(&gate)),
            user: account.user,
            password: account.password,
            company: account.company,
            authorization: account.authorization,
        });
        let counter = Counter {
            handle: handle.clone(),
            head: place,
            stopped: stopped.clone(),
        };
        tasks.push(tokio::spawn(keep(gate, counter)));
    }
    Ok(Running {
        heads,
        control_url,
        handle,
        stop,
        doors: tasks,
    })
}

impl Running {
    /// The first head of a dialect.
    pub fn head(&self, dialect: Dialect) -> Option<&Head> {
        self.heads.iter().find(|head| head.dialect == dialect)
    }

    /// Shuts the doors; calls that hang are let go.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for mut door in self.doors {
            if tokio::time::timeout(PATIENCE, &mut door).await.is_err() {
                door.abort();
            }
        }
    }
}

fn url(address: io::Result<std::net::SocketAddr>) -> String {
    address.map_or_else(|_| String::new(), |address| format!("http://{address}"))
}

async fn stop_asked(mut stopped: watch::Receiver<bool>) {
    // an error says that the simulation was dropped: the same thing
    drop(stopped.wait_for(|stopped| *stopped).await);
}

/// Plays the timeline while nobody calls: a shut door must open again.
async fn beat(handle: Handle, stopped: watch::Receiver<bool>) {
    let mut beat = tokio::time::interval(BEAT);
    let stopped = stop_asked(stopped);
    tokio::pin!(stopped);
    loop {
        tokio::select! {
            () = &mut stopped => return,
            _ = beat.tick() => handle.now_ms(),
        };
    }
}

/// Serves the control surface; the door lives as long as it.
async fn tend(
    gate: Gate,
    door: watch::Sender<bool>,
    handle: Handle,
    stopped: watch::Receiver<bool>,
) {
    let app = control::router(handle).into_make_service_with_connect_info::<Scissors>();
    let served = axum::serve(gate, app)
        .with_graceful_shutdown(stop_asked(stopped))
        .await;
    drop(door);
    if let Err(error) = served {
        tracing::error!(%error, "the control surface has ended");
    }
}

/// What a head's calls come to.
#[derive(Clone)]
struct Counter {
    handle: Handle,
    head: usize,
    stopped: watch::Receiver<bool>,
}

async fn keep(gate: Gate, counter: Counter) {
    let stopped = counter.stopped.clone();
    let app = Router::new().fallback(answer).with_state(counter);
    let app = app.into_make_service_with_connect_info::<Scissors>();
    let served = axum::serve(gate, app).with_graceful_shutdown(stop_asked(stopped));
    if let Err(error) = served.await {
        tracing::error!(%error, "a head has ended");
    }
}

async fn answer(
    State(counter): State<Counter>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response<Body> {
    let answer = match read(request).await {
        Some(call) => counter.answer(&call).await,
        None => Some(Answer::bare(413)),
    };
    let Some(answer) = answer else {
        scissors.cut();
        return Response::new(Body::empty());
    };
    let mut response = Response::new(Body::from(answer.body));
    if let Ok(status) = axum::http::StatusCode::from_u16(answer.status) {
        *response.status_mut() = status;
    }
    if !answer.kind.is_empty() {
        let kind = header::HeaderValue::from_static(answer.kind);
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

impl Counter {
    async fn answer(&self, call: &Call) -> Option<Answer> {
        match self.handle.begin(self.head, call) {
            Ok(answer) => answer,
            Err(met) => {
                self.hold_up(met).await?;
                self.handle.finish(self.head, call, met)
            }
        }
    }

    /// Waits as long as the call has to; nothing where it is never answered.
    async fn hold_up(&self, met: Met) -> Option<()> {
        let hangs = met.fault == Some(FaultName::Hang);
        let wait = if hangs {
            HANGS
        } else {
            Duration::from_millis(met.slow_ms)
        };
        tokio::select! {
            () = stop_asked(self.stopped.clone()) => None,
            () = tokio::time::sleep(wait) => (!hangs).then_some(()),
        }
    }
}

/// A request as the dialects want it; nothing when its body is too large or breaks off.
async fn read(request: Request) -> Option<Call> {
    let (head, body) = request.into_parts();
    let text = |name: header::HeaderName| head.headers.get(name)?.to_str().ok();
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    Some(Call {
        get: head.method == Method::GET,
        path: head.uri.path().trim_end_matches('/').to_lowercase(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        bearer: bearer.map(str::to_owned),
        form: kind.starts_with("application/x-www-form-urlencoded"),
        body: to_bytes(body, LARGEST_BODY).await.ok()?,
    })
}
