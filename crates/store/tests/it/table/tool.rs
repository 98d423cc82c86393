//! Tools: kept, changed, allowed, removed; the built-in ones stay.

use store::table::tool::{Policy, Tool};
use store::{Error, ToolId};

use crate::made;

fn tool(name: &str, builtin: bool) -> Tool {
    Tool {
        id: ToolId::new(),
        name: name.into(),
        description: "Says the weather.".into(),
        parameters: "{\"type\":\"object\"}".into(),
        policy: Policy::Ask,
        builtin,
    }
}

#[test]
fn built_in_tools_come_first_and_the_rest_by_name() {
    let made = made::store();
    let all = [tool("Weather", false), tool("stocks", false), tool("calculator", true)];
    made.store.write(|write| all.iter().try_for_each(|one| write.put_tool(one))).unwrap();
    let listed = made.store.read(store::Read::tools).unwrap();
    let names: Vec<_> = listed.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["calculator", "stocks", "Weather"], "an order that people can find things in");
    assert_eq!(listed[2], all[0], "all of it is kept");
}

#[test]
fn a_tool_is_changed_in_place_and_what_is_allowed_outlasts_a_restart() {
    let made = made::store();
    let weather = tool("weather", false);
    let renamed = Tool { name: "sky".into(), ..weather.clone() };
    made.store.write(|write| write.put_tool(&weather)).unwrap();
    made.store.write(|write| write.put_tool(&renamed)).unwrap();
    made.store.write(|write| write.set_policy(weather.id, Policy::Always)).unwrap();
    let folder = made.close();
    let store = store::Store::open(folder.path()).unwrap();
    assert_eq!(store.read(|read| read.tool_named("weather")).unwrap(), None, "the old name is free");
    let kept = store.read(|read| read.tool_named("sky")).unwrap().unwrap();
    assert_eq!(kept, Tool { policy: Policy::Always, ..renamed }, "one row, changed twice");
}

#[test]
fn two_tools_of_one_name_cannot_be() {
    let made = made::store();
    made.store.write(|write| write.put_tool(&tool("weather", false))).unwrap();
    let told = made.store.write(|write| write.put_tool(&tool("weather", false)));
    assert!(matches!(told, Err(Error::Sqlite { .. })), "a call could not tell them apart: {told:?}");
}

#[test]
fn only_ones_own_tools_can_be_removed() {
    let made = made::store();
    let (own, builtin) = (tool("weather", false), tool("calculator", true));
    made.store.write(|write| write.put_tool(&own)).unwrap();
    made.store.write(|write| write.put_tool(&builtin)).unwrap();
    made.store.write(|write| write.remove_tool(own.id)).unwrap();
    for id in [own.id, builtin.id] {
        let told = made.store.write(|write| write.remove_tool(id));
        assert!(matches!(told, Err(Error::NotFound)), "gone already, or not the person's: {told:?}");
    }
    assert!(matches!(
        made.store.write(|write| write.set_policy(own.id, Policy::Never)),
        Err(Error::NotFound)
    ));
    assert_eq!(made.store.read(store::Read::tools).unwrap(), [builtin]);
}
