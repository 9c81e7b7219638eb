@NullMarked
package io.taskweaver.formats;

import org.jspecify.annotations.NullMarked;
