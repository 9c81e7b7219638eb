/** The code of a plan as a line of commits: base, then one commit per merged result. */
@NullMarked
package io.taskweaver.code;

import org.jspecify.annotations.NullMarked;
