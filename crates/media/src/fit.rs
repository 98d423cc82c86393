//! Sizes that fit into others. Arithmetic alone.

/// The size of a picture whose longer side is at most `side`, never enlarged and never less than one pixel.
pub fn within((width, height): (u32, u32), side: u32) -> (u32, u32) {
    let longest = width.max(height);
    if longest <= side {
        return (width, height);
    }
    (scaled(width, side, longest), scaled(height, side, longest))
}

fn scaled(length: u32, side: u32, longest: u32) -> u32 {
    let rounded = (u64::from(length) * u64::from(side) + u64::from(longest) / 2) / u64::from(longest);
    u32::try_from(rounded).unwrap_or(side).max(1)
}
