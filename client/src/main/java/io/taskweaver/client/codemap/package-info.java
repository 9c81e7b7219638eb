/** Reads a code base with the parsers of tree-sitter: what its files declare and use. What is looked for stands in a query for each language. */
@NullMarked
package io.taskweaver.client.codemap;

import org.jspecify.annotations.NullMarked;
