/** The contexts of plans as people and programs see them: facts in sections, differences, exports. */
@NullMarked
package io.taskweaver.wire.context;

import org.jspecify.annotations.NullMarked;
