// Shared by the build scripts of crates whose code and words make what is kept: see `include!` there.

/// FNV-1a over the files of a folder in order of their names; a folder that is not there adds nothing.
fn add(path: &Path, hash: &mut u64) {
    if let Ok(entries) = fs::read_dir(path) {
        let mut paths: Vec<_> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
        paths.sort();
        paths.iter().for_each(|p| add(p, hash));
    } else if let Ok(bytes) = fs::read(path) {
        for byte in bytes {
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}
