//! Folds the tool calls of one choice, in whatever pieces they come, into whole calls. It judges no arguments: they
//! are given out as they came, perhaps invalid.

use std::collections::HashSet;

use serde_json::Value;

use super::Called;
use crate::json;

/// More calls than any answer makes; further ones are ignored so that memory stays bounded.
const MOST: usize = 128;

/// The calls of one choice so far.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    calls: Vec<Call>,
}

/// One call, as far as it came.
#[derive(Debug)]
struct Call {
    /// Its number, where the service gives one.
    index: Option<i64>,
    id: String,
    name: String,
    arguments: String,
    brackets: Brackets,
}

/// One entry of a list of calls.
struct Piece<'a> {
    index: Option<i64>,
    id: String,
    name: &'a str,
    arguments: String,
}

impl Calls {
    /// Takes the calls in a delta, or in a message that may hold them whole. True when there were any.
    pub(crate) fn take(&mut self, part: &Value, is_whole: bool) -> bool {
        let items: Vec<&Value> = match part.get("tool_calls") {
            Some(Value::Array(items)) if !items.is_empty() => items.iter().collect(),
            Some(item @ Value::Object(_)) => vec![item],
            // The form before there were several: one call, without id and number.
            _ => part.get("function_call").filter(|call| call.is_object()).into_iter().collect(),
        };
        let before = self.calls.len();
        for (place, item) in items.iter().enumerate() {
            self.take_piece(&Piece::of(item), (is_whole && before > 0).then_some(place), before);
        }
        !items.is_empty()
    }

    /// The call being written: its name, and how many bytes of arguments there are of all.
    pub(crate) fn current(&self) -> Option<(&str, usize)> {
        let bytes = self.calls.iter().map(|call| call.arguments.len()).sum();
        self.calls.last().map(|call| (call.name.as_str(), bytes))
    }

    /// All calls, each with an id of its own.
    pub(crate) fn close(&mut self) -> Vec<Called> {
        let mut taken = HashSet::new();
        let calls = self.calls.drain(..).filter(|call| !call.name.is_empty() || !call.arguments.is_empty());
        calls
            .map(|call| {
                let Call { id, name, arguments, .. } = call;
                let id = unused(id, &taken);
                taken.insert(id.clone());
                Called { id, name, arguments }
            })
            .collect()
    }

    /// `repeats` is the place in a message that comes behind deltas; `before` how many calls there were before the
    /// list that the piece stands in.
    fn take_piece(&mut self, piece: &Piece, repeats: Option<usize>, before: usize) {
        let known = repeats.and_then(|place| self.repeated(piece, place));
        let at = known.or_else(|| self.continued(piece, before)).unwrap_or(self.calls.len());
        if let Some(call) = self.calls.get_mut(at) {
            call.take(piece, known.is_some());
        } else if self.calls.len() < MOST {
            self.calls.push(Call::opened_by(piece));
        }
    }

    /// The call that a whole message says once more.
    fn repeated(&self, piece: &Piece, place: usize) -> Option<usize> {
        let by_id = || self.calls.iter().position(|call| !piece.id.is_empty() && call.id == piece.id);
        let by_place = || self.calls.get(place).filter(|call| call.name == piece.name).map(|_| place);
        by_id().or_else(by_place)
    }

    /// The call that the piece belongs to; none when it opens another.
    fn continued(&self, piece: &Piece, before: usize) -> Option<usize> {
        let at = match piece.index {
            Some(_) => {
                let numbered = self.calls.iter().rposition(|call| call.index == piece.index);
                numbered.or_else(|| self.calls.len().checked_sub(1).filter(|_| piece.opens_nothing()))?
            }
            None if piece.id.is_empty() => self.calls.len().checked_sub(1)?,
            None => self.calls.iter().rposition(|call| call.id == piece.id)?,
        };
        // Entries of one list that nothing tells apart but their names are calls of their own.
        let listed = at >= before && piece.index.is_none() && piece.id.is_empty() && !piece.name.is_empty();
        let call = self.calls.get(at)?;
        (!listed && !call.is_followed_by(piece)).then_some(at)
    }
}

impl Call {
    fn opened_by(piece: &Piece) -> Self {
        let (index, id, name) = (piece.index, piece.id.clone(), piece.name.to_owned());
        let mut call = Self { index, id, name, arguments: String::new(), brackets: Brackets::default() };
        call.push(&piece.arguments);
        call
    }

    /// Whether the piece can only be the beginning of another call.
    fn is_followed_by(&self, piece: &Piece) -> bool {
        let other_id = !piece.id.is_empty() && !self.id.is_empty() && piece.id != self.id;
        let other_name = !piece.name.is_empty() && !piece.name.starts_with(&self.name);
        // Nothing can follow a closed object: it is said again, or there is another.
        let next = self.brackets.closed && piece.arguments.trim_start().starts_with('{');
        let again = !other_id && !other_name && piece.arguments.trim() == self.arguments.trim();
        (other_id && !piece.name.is_empty())
            || (other_name && !self.arguments.is_empty())
            || (next && !again && !self.is_blank())
    }

    fn take(&mut self, piece: &Piece, is_repeated: bool) {
        if self.id.is_empty() {
            self.id.clone_from(&piece.id);
        }
        // A name may come in pieces, or again with each piece, or longer each time.
        if piece.name.starts_with(&self.name) {
            piece.name.clone_into(&mut self.name);
        } else if self.arguments.is_empty() {
            self.name.push_str(piece.name);
        }
        if (is_repeated && piece.arguments.starts_with(&self.arguments)) || self.is_blank() {
            self.arguments.clear();
            self.brackets = Brackets::default();
        }
        if !self.brackets.closed {
            self.push(&piece.arguments);
        }
    }

    fn push(&mut self, arguments: &str) {
        self.brackets.see(arguments);
        self.arguments.push_str(arguments);
    }

    /// Some open every call with an empty object and write the arguments behind it.
    fn is_blank(&self) -> bool {
        self.arguments.trim() == "{}"
    }
}

impl<'a> Piece<'a> {
    fn opens_nothing(&self) -> bool {
        self.id.is_empty() && self.name.is_empty()
    }

    fn of(item: &'a Value) -> Self {
        let call = ["function", "custom"].iter().find_map(|kind| item.get(kind)).unwrap_or(item);
        let arguments = match ["arguments", "input"].iter().find_map(|key| call.get(key)) {
            Some(Value::String(text)) => text.clone(),
            None | Some(Value::Null) => String::new(),
            Some(object) => object.to_string(),
        };
        Self {
            index: item.get("index").and_then(json::whole),
            id: item.get("id").and_then(json::scalar).unwrap_or_default(),
            name: json::text(call, &["name"]).unwrap_or_default(),
            arguments,
        }
    }
}

/// Follows JSON text letter by letter, to know when its outermost object has ended.
#[derive(Debug, Default)]
struct Brackets {
    depth: usize,
    in_text: bool,
    escaped: bool,
    closed: bool,
}

impl Brackets {
    fn see(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_text => self.escaped = true,
                b'"' => self.in_text = !self.in_text,
                _ if self.in_text => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.closed |= self.depth == 0;
                }
                _ => {}
            }
        }
    }
}

/// The id, or the next that is free where there is none or it is taken. Nine letters and digits: one vendor takes no
/// others.
fn unused(id: String, taken: &HashSet<String>) -> String {
    if !id.is_empty() && !taken.contains(&id) {
        return id;
    }
    let mut free = (1..).map(|number: u32| format!("call{number:05}"));
    free.find(|id| !taken.contains(id)).unwrap_or(id)
}
