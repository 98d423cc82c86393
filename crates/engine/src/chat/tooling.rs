//! Which tools a conversation offers, and how a request says so.

use serde_json::{Map, Value, json};
use store::table::options::Options;
use store::table::tool::{Policy, Tool};
use store::{ConversationId, Read};

use super::options;
use crate::Error;
use crate::engine::Organs;

/// More rounds of calls than anybody watches.
pub(crate) const MOST_ROUNDS: u32 = 100;

/// The tools that may be used in a conversation.
pub(crate) async fn of_conversation(organs: &Organs, id: ConversationId) -> Result<Vec<Tool>, Error> {
    organs
        .read(move |read| {
            let conversation = read.conversation(id)?.ok_or(store::Error::NotFound)?;
            chosen(read, &options::effective(&conversation.options, &read.settings()?.options))
        })
        .await
}

/// The tools that were chosen and still exist, in the order of the list of tools.
pub(crate) fn chosen(read: &Read, options: &Options) -> Result<Vec<Tool>, store::Error> {
    if options.tools.is_empty() {
        return Ok(Vec::new());
    }
    let tools = read.tools()?;
    Ok(tools.into_iter().filter(|tool| options.tools.contains(&tool.name)).collect())
}

/// The request's fields about tools. `later`: the answer has called tools already, so nothing is forced any more: a
/// model that must call never comes to an end.
pub(crate) fn fields(tools: &[Tool], options: &Options, later: bool) -> Map<String, Value> {
    let mut fields = Map::new();
    let offered: Vec<&Tool> = tools.iter().filter(|tool| tool.policy != Policy::Never).collect();
    if offered.is_empty() {
        return fields;
    }
    let choice = options.tool_choice.as_deref().and_then(|choice| choice_of(choice, &offered));
    fields.insert("tools".into(), offered.iter().map(|tool| definition(tool)).collect());
    if let Some(choice) = choice.filter(|choice| !later || choice == "none") {
        fields.insert("tool_choice".into(), choice);
    }
    if let Some(parallel) = options.parallel_tool_calls {
        fields.insert("parallel_tool_calls".into(), parallel.into());
    }
    fields
}

/// One of the three words, or the name of a tool that is offered.
fn choice_of(choice: &str, offered: &[&Tool]) -> Option<Value> {
    match choice {
        "none" | "auto" | "required" => Some(choice.into()),
        name => {
            let tool = offered.iter().find(|tool| tool.name == name)?;
            Some(json!({"type": "function", "function": {"name": tool.name}}))
        }
    }
}

fn definition(tool: &Tool) -> Value {
    let mut function = Map::new();
    function.insert("name".into(), tool.name.clone().into());
    if !tool.description.is_empty() {
        function.insert("description".into(), tool.description.clone().into());
    }
    // It was checked when it was entered; one that cannot be read any more asks for nothing.
    let parameters: Value =
        serde_json::from_str(&tool.parameters).unwrap_or_else(|_| json!({"type": "object"}));
    function.insert("parameters".into(), parameters);
    json!({"type": "function", "function": function})
}

#[cfg(test)]
mod tests {
    use store::ToolId;

    use super::*;

    fn tool(name: &str, policy: Policy) -> Tool {
        Tool {
            id: ToolId::new(),
            name: name.into(),
            description: String::new(),
            parameters: "{\"type\":\"object\",\"properties\":{}}".into(),
            policy,
            builtin: false,
        }
    }

    fn with_choice(choice: &str) -> Options {
        Options { tool_choice: Some(choice.into()), parallel_tool_calls: Some(false), ..Options::default() }
    }

    #[test]
    fn tools_that_are_never_used_are_not_offered_and_without_any_nothing_is_sent() {
        let never = [tool("a", Policy::Never)];
        assert!(
            fields(&never, &with_choice("required"), false).is_empty(),
            "a choice without tools is refused"
        );
        let both = [tool("a", Policy::Never), tool("b", Policy::Always)];
        let fields = fields(&both, &Options::default(), false);
        let expected = json!({"tools": [{"type": "function", "function": {
            "name": "b", "parameters": {"type": "object", "properties": {}},
        }}]});
        assert_eq!(Value::Object(fields), expected, "only what was chosen");
    }

    #[test]
    fn a_choice_is_a_word_or_a_tool_that_is_offered() {
        let tools = [tool("a", Policy::Ask)];
        let sent =
            |choice: &str, later| fields(&tools, &with_choice(choice), later).get("tool_choice").cloned();
        assert_eq!(sent("auto", false), Some("auto".into()));
        assert_eq!(sent("a", false), Some(json!({"type": "function", "function": {"name": "a"}})));
        assert_eq!(sent("gone", false), None, "a service refuses the name of a tool that is not there");
        assert_eq!(sent("required", true), None, "once it has called, it may answer");
        assert_eq!(sent("a", true), None, "by name as well");
        assert_eq!(sent("none", true), Some("none".into()), "what is forbidden stays so");
        let parallel = fields(&tools, &with_choice("auto"), false).get("parallel_tool_calls").cloned();
        assert_eq!(parallel, Some(false.into()));
    }
}
