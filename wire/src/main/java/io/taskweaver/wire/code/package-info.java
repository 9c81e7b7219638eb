/** The code of plans on the topic code-objects. */
@NullMarked
package io.taskweaver.wire.code;

import org.jspecify.annotations.NullMarked;
