//! How much memory a thread has in use, counted as it is taken and given back.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Below 0 where a thread gives back what another took.
    static NOW: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
}

/// The system's allocator with a count.
pub struct Counting;

fn count(bytes: isize) {
    // A thread that ends has no count any more.
    let _ = NOW.try_with(|now| {
        now.set(now.get() + bytes);
        let _ = MOST.try_with(|most| most.set(most.get().max(now.get())));
    });
}

// SAFETY: every call is the system allocator's own, with the layout that it was given.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's layout.
        let pointer = unsafe { System.alloc(layout) };
        if !pointer.is_null() {
            count(layout.size() as isize);
        }
        pointer
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's pointer and layout.
        unsafe { System.dealloc(pointer, layout) };
        count(-(layout.size() as isize));
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's pointer and layout.
        let moved = unsafe { System.realloc(pointer, layout, size) };
        if !moved.is_null() {
            // Both may be there while it moves.
            count(size as isize);
            count(-(layout.size() as isize));
        }
        moved
    }
}

/// The most bytes that this thread had in use at once during `work`, less those in use before.
pub fn most_while<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = NOW.get();
    MOST.set(before);
    let result = work();
    (result, usize::try_from(MOST.get() - before).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_still_counts_for_the_most() {
        let (length, most) = most_while(|| {
            let all = vec![1_u8; 5 << 20];
            let length = all.len();
            drop(all);
            std::hint::black_box(vec![1_u8; 1 << 20]).len() + length
        });
        assert_eq!(length, 6 << 20);
        assert!((5 << 20..6 << 20).contains(&most), "{most}");
    }
}
