// A commitment to a table with libapus-kernels from Rust: owners for its handles, a Result from every call.
//
// rustc -O commit.rs -L PREFIX/lib && LD_LIBRARY_PATH=PREFIX/lib ./commit

use std::ffi::{c_char, c_void, CStr};
use std::ptr::null_mut;

#[link(name = "apus-kernels")]
extern "C" {
    fn apus_backend_status_name(status: i32) -> *const c_char;
    fn apus_backend_message() -> *const c_char;
    fn apus_backend_create(instruction_set: i32, threads: usize, backend: *mut *mut c_void) -> i32;
    fn apus_backend_destroy(backend: *mut c_void);
    fn apus_backend_goldilocks_mul(
        backend: *const c_void, out: *mut u64, a: *const u64, b: *const u64, n: usize,
    ) -> i32;
    fn apus_backend_goldilocks_commit(
        backend: *const c_void, hash: i32, columns: *const *const u64, count: usize, rows: usize,
        tree: *mut *mut c_void,
    ) -> i32;
    fn apus_backend_goldilocks_verify(
        hash: i32, root: *const u8, words: *const u64, count: usize, row: usize, rows: usize, path: *const u8,
        bytes: usize,
    ) -> i32;
    fn apus_backend_tree_root(tree: *const c_void, root: *mut u8) -> i32;
    fn apus_backend_tree_path(tree: *const c_void, row: usize, path: *mut u8, bytes: usize) -> i32;
    fn apus_backend_tree_destroy(tree: *mut c_void);
}

const WIDEST: i32 = -1;
const POSEIDON2: i32 = 3;

/// Ok, or the library's own words.
fn check(status: i32) -> Result<(), String> {
    if status == 0 {
        return Ok(());
    }
    let text = |pointer| unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned();
    Err(unsafe { format!("{}: {}", text(apus_backend_status_name(status)), text(apus_backend_message())) })
}

struct Backend(*mut c_void);
impl Backend {
    /// The widest instruction set, one thread for each usable CPU.
    fn new() -> Result<Backend, String> {
        let mut backend = null_mut();
        check(unsafe { apus_backend_create(WIDEST, 0, &mut backend) })?;
        Ok(Backend(backend))
    }

    fn products(&self, a: &[u64], b: &[u64]) -> Result<Vec<u64>, String> {
        assert_eq!(a.len(), b.len());
        let mut out = vec![0; a.len()];
        check(unsafe { apus_backend_goldilocks_mul(self.0, out.as_mut_ptr(), a.as_ptr(), b.as_ptr(), a.len()) })?;
        Ok(out)
    }

    /// Commits to the rows of columns of one length.
    fn commit(&self, columns: &[Vec<u64>]) -> Result<Tree, String> {
        let rows = columns[0].len();
        assert!(columns.iter().all(|column| column.len() == rows));
        let pointers: Vec<*const u64> = columns.iter().map(|column| column.as_ptr()).collect();
        let mut tree = null_mut();
        check(unsafe {
            apus_backend_goldilocks_commit(self.0, POSEIDON2, pointers.as_ptr(), pointers.len(), rows, &mut tree)
        })?;
        Ok(Tree { handle: tree, rows })
    }
}
impl Drop for Backend {
    fn drop(&mut self) {
        unsafe { apus_backend_destroy(self.0) }
    }
}

struct Tree {
    handle: *mut c_void,
    rows: usize,
}
impl Tree {
    fn root(&self) -> Result<[u8; 32], String> {
        let mut root = [0; 32];
        check(unsafe { apus_backend_tree_root(self.handle, root.as_mut_ptr()) })?;
        Ok(root)
    }
    fn path(&self, row: usize) -> Result<Vec<u8>, String> {
        let mut path = vec![0; 32 * self.rows.trailing_zeros() as usize];
        check(unsafe { apus_backend_tree_path(self.handle, row, path.as_mut_ptr(), path.len()) })?;
        Ok(path)
    }
}
impl Drop for Tree {
    fn drop(&mut self) {
        unsafe { apus_backend_tree_destroy(self.handle) }
    }
}

fn verify(root: &[u8; 32], words: &[u64], row: usize, rows: usize, path: &[u8]) -> Result<(), String> {
    check(unsafe {
        apus_backend_goldilocks_verify(
            POSEIDON2, root.as_ptr(), words.as_ptr(), words.len(), row, rows, path.as_ptr(), path.len(),
        )
    })
}

fn main() -> Result<(), String> {
    let backend = Backend::new()?;
    let a: Vec<u64> = (0..1 << 12).collect();
    let b: Vec<u64> = a.iter().map(|x| x * x).collect();
    let cubes = backend.products(&a, &b)?;
    let columns = [a, b, cubes];

    let tree = backend.commit(&columns)?;
    let (root, row) = (tree.root()?, 1000);
    let words: Vec<u64> = columns.iter().map(|column| column[row]).collect();
    verify(&root, &words, row, tree.rows, &tree.path(row)?)?;
    println!("row {row} of {} rows is committed to: {words:?}", tree.rows);

    // Another row is refused, and so are columns that are no power of two long.
    let refused = verify(&root, &words, row + 1, tree.rows, &tree.path(row)?);
    println!("{}", refused.expect_err("another row was accepted"));
    let short: Vec<Vec<u64>> = columns.iter().map(|column| column[..3000].to_vec()).collect();
    println!("{}", backend.commit(&short).err().expect("3000 rows were accepted"));
    Ok(())
}
