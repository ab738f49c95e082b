//! From parser events to the arena.

use hashbrown::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle as RawStyle, Tag};

use super::recorded::Recorded;
use super::{Document, Node, NodeId, NodeKind, Problem, ScalarStyle};

/// Most nodes that one text may hold; the rest is told as a problem.
const MAX_NODES: usize = 2_000_000;

pub(super) fn build(text: &str) -> Document {
    let mut builder = Builder::new(text);
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        simple_key_max_lookahead: 4096,
        max_buffered_comment_events: 100_000,
    };
    let mut parser = Parser::new_from_str_with_options(text, options);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => builder.event(event, span.byte_range().unwrap_or(0..0)),
            Err(error) => {
                builder.fail(error.marker().byte_offset().unwrap_or(text.len()), error.info().to_string());
                if !matches!(parser.proceed_next_document(), Ok(true)) {
                    break;
                }
            }
        }
        if builder.document.nodes.len() > MAX_NODES {
            builder.fail(text.len(), format!("more than {MAX_NODES} nodes"));
            break;
        }
    }
    builder.close_all();
    builder.document
}

/// As [`build`], from events that were recorded; `None` where they are not whole.
pub(super) fn replay(text: &str, events: &[u8]) -> Option<Document> {
    let mut builder = Builder::new(text);
    let mut recorded = Recorded { text, rest: events };
    while !recorded.rest.is_empty() {
        let (event, range) = recorded.event()?;
        builder.event(event, range);
    }
    builder.close_all();
    Some(builder.document)
}

/// A collection whose end has not been met.
struct Open {
    id: NodeId,
    /// The key that waits for its value, in a mapping.
    key: Option<NodeId>,
}

struct Builder<'t> {
    text: &'t str,
    document: Document,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        let mut document = Document::default();
        // Most texts hold more.
        document.nodes.reserve((text.len() / 32).min(MAX_NODES));
        Self { text, document, open: Vec::new(), anchors: HashMap::new() }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                let kind = NodeKind::Scalar { value: scalar_value(&value, style, &range), style: convert(style) };
                let id = self.add(kind, self.trimmed(range), tag.as_deref());
                self.anchor(anchor, id);
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.start(NodeKind::Sequence(Vec::new()), range, anchor, tag.as_deref());
            }
            Event::MappingStart(_, anchor, tag) => {
                self.start(NodeKind::Mapping(Vec::new()), range, anchor, tag.as_deref());
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&range),
            Event::Alias(target) => {
                let target = self.anchors.get(&target).copied();
                let target = target.filter(|id| self.open.iter().all(|open| open.id != *id));
                if target.is_none() {
                    self.problem(range.start, "an alias of a collection that contains it".to_owned());
                }
                self.add(NodeKind::Alias(target), range, None);
            }
            Event::UnresolvedAlias(name) => {
                self.problem(range.start, format!("no anchor `&{name}` before this alias"));
                self.add(NodeKind::Alias(None), range, None);
            }
            Event::Anchor(id, _) => {
                if let Some(node) = self.anchors.get(&id) {
                    self.document.nodes[node.0 as usize].anchor = Some(range);
                }
            }
            Event::Comment(..) => self.document.comments.push(range),
            Event::DocumentEnd => {
                self.close_all();
                self.anchors.clear();
            }
            _ => {}
        }
    }

    fn start(&mut self, kind: NodeKind, range: Range<usize>, anchor: usize, tag: Option<&Tag>) {
        let id = self.add(kind, range, tag);
        self.anchor(anchor, id);
        self.open.push(Open { id, key: None });
    }

    fn anchor(&mut self, anchor: usize, id: NodeId) {
        if anchor != 0 {
            self.anchors.insert(anchor, id);
        }
    }

    /// Adds a node and hangs it into the innermost open collection.
    fn add(&mut self, kind: NodeKind, range: Range<usize>, tag: Option<&Tag>) -> NodeId {
        let id = NodeId(self.document.nodes.len() as u32);
        self.document.nodes.push(Node { kind, range, anchor: None, tag: tag.map(|tag| tag.original().into()) });
        let Some(open) = self.open.last_mut() else {
            self.document.roots.push(id);
            return id;
        };
        match &mut self.document.nodes[open.id.0 as usize].kind {
            NodeKind::Sequence(items) => items.push(id),
            NodeKind::Mapping(entries) => match open.key.take() {
                Some(key) => entries.push((key, id)),
                None => open.key = Some(id),
            },
            _ => {}
        }
        id
    }

    fn end(&mut self, range: &Range<usize>) {
        if let Some(open) = self.open.pop() {
            let end = range.end;
            self.finish(&open, end);
        }
    }

    /// Sets the range of a collection: to its closing bracket in flow style, over its children in block style.
    fn finish(&mut self, open: &Open, end: usize) {
        let node = &self.document.nodes[open.id.0 as usize];
        let start = node.range.start;
        let bytes = self.text.as_bytes();
        let is_flow = matches!(bytes.get(start), Some(b'[' | b'{'))
            && matches!(bytes.get(end.wrapping_sub(1)), Some(b']' | b'}'));
        let (first, last) = match &node.kind {
            NodeKind::Mapping(entries) => (entries.first().map(|entry| entry.0), entries.last().map(|entry| entry.1)),
            NodeKind::Sequence(items) => (None, items.last().copied()),
            _ => (None, None),
        };
        let last_key = match &node.kind {
            NodeKind::Mapping(entries) => entries.last().map(|entry| self.document.range(entry.0).end),
            _ => None,
        };
        let end = match last {
            Some(last) if !is_flow => self.document.range(last).end.max(last_key.unwrap_or(0)),
            _ => end,
        };
        let start = first.map_or(start, |key| start.min(self.document.range(key).start));
        self.document.nodes[open.id.0 as usize].range = start..end.max(start);
    }

    /// Cuts the trailing white space that a block scalar's range takes along.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        match self.text.get(range.clone()) {
            Some(text) => range.start..range.start + text.trim_end().len(),
            None => range,
        }
    }

    fn problem(&mut self, offset: usize, message: String) {
        self.document.problems.push(Problem { offset, message });
    }

    fn fail(&mut self, offset: usize, message: String) {
        self.problem(offset, message);
        self.close_all();
        self.anchors.clear();
    }

    fn close_all(&mut self) {
        while let Some(open) = self.open.pop() {
            let last = self.document.nodes.last().map_or(0, |node| node.range.end);
            self.finish(&open, last);
        }
    }
}

/// The parser spells an absent plain scalar `~`; we keep it empty.
fn scalar_value(value: &str, style: RawStyle, range: &Range<usize>) -> Box<str> {
    if range.is_empty() && matches!(style, RawStyle::Plain) { "".into() } else { value.into() }
}

fn convert(style: RawStyle) -> ScalarStyle {
    match style {
        RawStyle::SingleQuoted => ScalarStyle::SingleQuoted,
        RawStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
        RawStyle::Literal => ScalarStyle::Literal,
        RawStyle::Folded => ScalarStyle::Folded,
        _ => ScalarStyle::Plain,
    }
}
