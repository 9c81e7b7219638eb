/** TaskWeaver as a library: what the commands do, from a program. */
@NullMarked
package io.taskweaver.examples;

import org.jspecify.annotations.NullMarked;
