@NullMarked
package io.taskweaver.code;

import org.jspecify.annotations.NullMarked;
