//! Who held which position on this day, and where does it say so?.
