package object

// What is not written yet. Each goes into the file of its type.
