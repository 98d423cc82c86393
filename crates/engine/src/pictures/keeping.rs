//! Keeping pictures in order: what is done to many at once, and albums. Everything that is done here can be taken back.

use store::AlbumId;
use store::table::picture::PictureChange;

use super::Pictures;
use crate::Error;
use crate::order::named;
use crate::view::PictureShelf;

impl Pictures {
    /// How many pictures there are, and all albums.
    pub async fn shelf(&self) -> Result<PictureShelf, Error> {
        self.0
            .read(|read| {
                let counts = read.picture_counts()?;
                Ok(PictureShelf { all: counts.all, starred: counts.starred, albums: read.albums()? })
            })
            .await
    }

    /// Does one thing to many pictures, all of it or nothing; those that are gone by now are left out. Returns the numbers of
    /// those that it changed, so that just these can be changed back.
    pub async fn change(&self, keys: Vec<i64>, change: PictureChange) -> Result<Vec<i64>, Error> {
        let now = self.0.clock.now();
        let changed = self.0.write(move |write| write.change_pictures(&keys, change, now)).await?;
        if !changed.is_empty() {
            self.tell();
        }
        Ok(changed)
    }

    /// Makes an empty album.
    pub async fn make_album(&self, name: &str) -> Result<AlbumId, Error> {
        let (id, name, now) = (AlbumId::new(), named(name)?, self.0.clock.now());
        self.0.write(move |write| write.insert_album(id, &name, now)).await?;
        self.tell();
        Ok(id)
    }

    /// Gives an album another name.
    pub async fn rename_album(&self, id: AlbumId, name: &str) -> Result<(), Error> {
        let name = named(name)?;
        self.0.write(move |write| write.rename_album(id, &name)).await?;
        self.tell();
        Ok(())
    }

    /// Deletes an album; its pictures stay. It can be brought back for 30 days.
    pub async fn remove_album(&self, id: AlbumId) -> Result<(), Error> {
        let now = self.0.clock.now();
        self.0.write(move |write| write.set_album_deleted(id, Some(now))).await?;
        self.tell();
        Ok(())
    }

    /// Brings an album back with what lay in it.
    pub async fn restore_album(&self, id: AlbumId) -> Result<(), Error> {
        self.0.write(move |write| write.set_album_deleted(id, None)).await?;
        self.tell();
        Ok(())
    }
}
