/** What attempts printed, in files. */
@NullMarked
package io.taskweaver.wire.output;

import org.jspecify.annotations.NullMarked;
