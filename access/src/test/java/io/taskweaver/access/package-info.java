@NullMarked
package io.taskweaver.access;

import org.jspecify.annotations.NullMarked;
