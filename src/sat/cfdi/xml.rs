//! XML written from a tree of elements: escaped, indented, never with a character that XML cannot carry.

use super::super::rules::is_xml;

/// How far a child stands to the right of its parent.
const INDENT: &str = "  ";
/// Stands for what XML 1.0 cannot carry, so that the reader sees that something was there.
const REPLACEMENT: char = '\u{fffd}';

/// An element with its attributes and children, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
}

impl Element {
    /// An element without attributes and children.
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    /// The same with one more attribute.
    pub(super) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        self.with_some(name, Some(value))
    }

    /// The same with one more attribute, where it has a value.
    pub(super) fn with_some(
        mut self,
        name: &'static str,
        value: Option<impl Into<String>>,
    ) -> Self {
        self.attributes
            .extend(value.map(|value| (name, value.into())));
        self
    }

    /// The same with more children.
    pub(super) fn holding(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children.extend(children);
        self
    }

    /// Writes it as a whole document, with a comment above.
    pub(super) fn document(&self, comment: &str) -> String {
        let mut out = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {comment} -->\n");
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = INDENT.repeat(depth);
        out.push_str(&indent);
        out.push('<');
        out.push_str(self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(out, value);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>\n");
            return;
        }
        out.push_str(">\n");
        for child in &self.children {
            child.write(out, depth + 1);
        }
        out.push_str(&indent);
        out.push_str("</");
        out.push_str(self.name);
        out.push_str(">\n");
    }
}

/// Blanks other than the space are written as references: as they are, a reader would turn them into spaces.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ if !is_xml(letter) => out.push(REPLACEMENT),
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped_and_what_xml_cannot_carry_is_replaced() {
        let element = Element::new("a")
            .with("Nombre", "H&E <\"Ñ'> 🧾")
            .with("Texto", "uno\tdos\ntres\u{1b}\u{0}");
        assert_eq!(
            element.document("hola"),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- hola -->\n\
             <a Nombre=\"H&amp;E &lt;&quot;Ñ'&gt; 🧾\" Texto=\"uno&#9;dos&#10;tres\u{fffd}\u{fffd}\"/>\n"
        );
    }

    #[test]
    fn children_stand_inside_and_missing_attributes_nowhere() {
        let element = Element::new("a")
            .with_some("x", None::<String>)
            .holding([Element::new("b").with("y", "1")]);
        assert!(
            element
                .document("")
                .ends_with("<a>\n  <b y=\"1\"/>\n</a>\n")
        );
    }
}
