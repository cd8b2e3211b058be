//! The layer that shows what the other side tells by itself, and how it stands with the subscription to it.
//!
//! What it shows is the model's ([`Model::live`]); the layer itself has no state.

use super::model::{Layer, Model};
use super::msg::{Effect, Subscribed};
use super::notice::{Notice, Tone};

/// Opens the layer.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.layers.push(Layer::Live);
    Vec::new()
}

/// Subscribes, or switches the subscription on again.
pub fn subscribe(model: &mut Model) -> Vec<Effect> {
    model.say(Notice::new(Tone::Info, "notice-subscribing"));
    vec![Effect::Subscribe]
}

/// Gives the subscription up.
pub fn unsubscribe(model: &mut Model) -> Vec<Effect> {
    model.say(Notice::new(Tone::Info, "notice-unsubscribing"));
    vec![Effect::Unsubscribe]
}

/// Why nothing can be subscribed to, or given up; none where it can.
pub fn barred(model: &Model, gives_up: bool) -> Option<Notice> {
    let no = |words| Some(Notice::new(Tone::Warning, words));
    match &model.live {
        _ if model.read_only => no("reason-read-only"),
        None => no("reason-not-listening"),
        Some(live) if live.is_taken => no("reason-port-taken"),
        Some(live) if live.url.is_empty() => no("reason-no-public-url"),
        Some(live) => match (&live.subscription, gives_up) {
            (Subscribed::Yes, false) => no("reason-subscribed"),
            (Subscribed::No, true) => no("reason-not-subscribed"),
            _ => None,
        },
    }
}
