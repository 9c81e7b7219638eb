@NullMarked
package io.taskweaver.reports;

import org.jspecify.annotations.NullMarked;
