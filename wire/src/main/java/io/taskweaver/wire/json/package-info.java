/** The model's values as JSON. */
@NullMarked
package io.taskweaver.wire.json;

import org.jspecify.annotations.NullMarked;
