/** Reads what files say in their languages, as far as a grammar tells. */
@NullMarked
package io.taskweaver.code.syntax;

import org.jspecify.annotations.NullMarked;
