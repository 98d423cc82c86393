//! Another program, for the tests: a window that takes the files dropped on it and says which, and how long each is.
#![expect(clippy::print_stdout, reason = "this is what it says it with")]

#[cfg(target_os = "linux")]
fn main() {
    use gtk::prelude::{ContainerExt, GtkWindowExt, WidgetExt, WidgetExtManual};
    use gtk::{DestDefaults, Window, WindowType, gdk, glib};

    if let Err(error) = gtk::init() {
        eprintln!("no screen: {error}");
        return;
    }
    let window = Window::new(WindowType::Toplevel);
    window.set_default_size(280, 280);
    window.move_(1300, 60);
    window.add(&gtk::Label::new(Some("Drop here")));
    window.drag_dest_set(DestDefaults::ALL, &[], gdk::DragAction::COPY);
    window.drag_dest_add_uri_targets();
    window.connect_drag_data_received(|_, _, _, _, data, _, _| {
        for address in data.uris() {
            let length = glib::filename_from_uri(&address)
                .ok()
                .and_then(|(path, _)| std::fs::metadata(path).ok())
                .map_or(0, |file| file.len());
            println!("taken {address} {length}");
        }
    });
    window.show_all();
    println!("ready");
    gtk::main();
}

#[cfg(not(target_os = "linux"))]
fn main() {}
