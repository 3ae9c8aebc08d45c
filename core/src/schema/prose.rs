//! Rust's documentation as plain sentences: no examples, no links into the crate, null for `None`.

use serde_json::Value;

/// Rewrites every description of a schema as plain sentences.
///
/// # Examples
/// ```
/// let schema = serde_json::json!({"description": "A [`Rule`](crate::Rule), or `None`.\n\n# Examples\n"});
/// assert_eq!(sponsorfit::schema::plain(schema)["description"], "A `Rule`, or null.");
/// ```
pub fn plain(mut schema: Value) -> Value {
    rewrite(&mut schema);
    schema
}

fn rewrite(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(rewrite),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(text) if name == "description" => *text = sentences(text),
                    other => rewrite(other),
                }
            }
        }
        _ => {}
    }
}

/// Keeps what stands before the first heading, a line a paragraph.
fn sentences(documentation: &str) -> String {
    let prose = documentation.split("\n\n# ").next().unwrap_or_default().replace("`None`", "null");
    let paragraphs: Vec<String> = prose
        .split("\n\n")
        .map(|paragraph| unlinked(&paragraph.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect();
    paragraphs.join("\n\n")
}

/// Turns ``[`Scorer`](crate::Scorer)`` into `` `Scorer` ``.
fn unlinked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        plain.push_str(before);
        let Some((name, after)) = link.split_once("`]") else {
            plain.push_str("[`");
            rest = link;
            continue;
        };
        plain.push('`');
        plain.push_str(name);
        plain.push('`');
        rest = match after.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((_, after)) => after,
            None => after,
        };
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_sentences() {
        let documentation =
            "What a [`Scorer`](crate::Scorer)\ncomputes.\n\n`None` is [`Rules`].\n\n# Examples\n```\n";
        assert_eq!(sentences(documentation), "What a `Scorer` computes.\n\nnull is `Rules`.");
        assert_eq!(unlinked("half a [`link"), "half a [`link");
    }
}
