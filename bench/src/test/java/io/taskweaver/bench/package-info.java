@NullMarked
package io.taskweaver.bench;

import org.jspecify.annotations.NullMarked;
