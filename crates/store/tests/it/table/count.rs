//! Counts: all rows, whatever their state.

use store::table::count::Counts;

use crate::made;

#[test]
fn counts_all_rows() {
    let made = made::store();
    let binned = made::conversation("binned", 1);
    let ids = made::branch(&made.store, &binned, &["a", "b"]);
    made::branch(&made.store, &made::conversation("t", 1), &["c"]);
    made.store.write(|write| write.bin_conversation(binned.id, 1)).unwrap();
    made.store.write(|write| write.set_deleted(ids[0], Some(1))).unwrap();
    let counts = made.store.read(store::Read::counts).unwrap();
    assert_eq!(counts, Counts { conversations: 2, messages: 3 }, "also binned and deleted ones");
}
