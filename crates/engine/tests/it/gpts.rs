//! GPTs as models: read from an address, kept under a name, asked like any other, priced by the row that stands for all.

use engine::Code;

use crate::cast::Cast;

#[tokio::test]
async fn a_gpt_becomes_a_favourite_with_a_name() {
    let cast = Cast::new().await;
    let (models, id) = (cast.engine.models(), cast.service.id);
    let address = "https://chatgpt.com/g/g-Rivers123-river-guide";
    let gpt = models.read_gpt(id, address.into()).await.unwrap();
    assert_eq!(
        (gpt.prefix.as_str(), gpt.id.as_str(), gpt.name.as_str()),
        ("gpt-4-gizmo-", "g-Rivers123", "River guide")
    );
    let name = format!("{}{}", gpt.prefix, gpt.id);
    let added = models.add_gpt(id, name.clone(), " River guide ".into()).await.unwrap();
    assert!(added.favourite && added.label == "River guide", "{added:?}");
    models.add_gpt(id, name.clone(), "Guide".into()).await.unwrap();
    models.refresh(id).await.unwrap();
    let kept: Vec<_> = models.list().await.unwrap().into_iter().filter(|one| one.name == name).collect();
    assert_eq!(kept.len(), 1, "one row, whatever the service lists");
    assert!(
        kept[0].favourite && kept[0].label == "Guide",
        "the name stays when the service lists it: {kept:?}"
    );
    let heard = cast.ask(&name, "Where does it rise?").await;
    assert_eq!(
        heard.blocks.concat(),
        "<p>The river rises in the hills. It reaches the sea.</p>",
        "no marks are shown"
    );
    assert!(
        cast.kept(heard.message.id).await.text.contains('\u{e200}'),
        "what was received is kept as it came"
    );
}

#[tokio::test]
async fn what_is_no_gpt_is_not_kept() {
    let cast = Cast::new().await;
    let (models, id) = (cast.engine.models(), cast.service.id);
    let unread = models.read_gpt(id, "https://example.org/".into()).await.unwrap_err();
    assert_eq!(unread.code, Code::GptUnreadable);
    for (name, label) in [("gpt-4-gizmo-g-a", " "), ("", "A")] {
        let nameless = models.add_gpt(id, name.into(), label.into()).await.unwrap_err();
        assert_eq!(nameless.code, Code::NameMissing);
    }
}
