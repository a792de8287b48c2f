package dev.trestle.lint;

/**
 * A place in a source file; lines and columns count from 1, as compilers and editors do.
 *
 * @param line the line
 * @param column the character in the line
 */
record Position(long line, long column) {}
