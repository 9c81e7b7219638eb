package io.taskweaver.bench.inference;

import java.util.Arrays;
import java.util.List;

/** Least squares and logistic regression with a quadratic penalty, by Newton's method on standardised columns. */
final class Regression {
    private static final int STEPS = 25;

    private Regression() {}

    /** @param weights of the columns as they were given, not standardised */
    record Fit(double intercept, double[] weights) {}

    /** Ridge regression; the intercept is not penalised and columns are not standardised. */
    static Fit ridge(List<double[]> rows, double[] targets, double penalty) {
        int size = rows.getFirst().length;
        var means = means(rows);
        double mean = 0;
        for (double target : targets) mean += target / targets.length;
        var matrix = new double[size][size];
        var right = new double[size];
        for (int row = 0; row < targets.length; row++)
            for (int a = 0; a < size; a++) {
                double value = rows.get(row)[a] - means[a];
                if (value == 0) continue;
                right[a] += value * (targets[row] - mean);
                for (int b = 0; b < size; b++) matrix[a][b] += value * (rows.get(row)[b] - means[b]);
            }
        for (int a = 0; a < size; a++) matrix[a][a] += penalty;
        var weights = solve(matrix, right);
        double intercept = mean;
        for (int a = 0; a < size; a++) intercept -= weights[a] * means[a];
        return new Fit(intercept, weights);
    }

    /** Logistic regression; the penalty counts on standardised columns. */
    static Fit logistic(List<double[]> rows, boolean[] labels, double penalty) {
        var weights = new double[labels.length];
        Arrays.fill(weights, 1);
        return logistic(rows, labels, weights, penalty);
    }

    /** The same where rows count by a weight each. */
    static Fit logistic(List<double[]> rows, boolean[] labels, double[] weights, double penalty) {
        int size = rows.getFirst().length;
        var means = means(rows);
        var deviations = deviations(rows, means);
        var beta = new double[size + 1];
        var x = new double[size + 1];
        x[size] = 1;
        for (int step = 0; step < STEPS; step++) {
            var matrix = new double[size + 1][size + 1];
            var right = new double[size + 1];
            for (int row = 0; row < labels.length; row++) {
                double sum = beta[size];
                for (int a = 0; a < size; a++) {
                    x[a] = (rows.get(row)[a] - means[a]) / deviations[a];
                    sum += beta[a] * x[a];
                }
                double p = 1 / (1 + Math.exp(-sum));
                double error = weights[row] * ((labels[row] ? 1 : 0) - p);
                double weight = weights[row] * p * (1 - p);
                for (int a = 0; a <= size; a++) {
                    right[a] += x[a] * error;
                    double scaled = weight * x[a];
                    for (int b = 0; b <= a; b++) matrix[a][b] += scaled * x[b];
                }
            }
            for (int a = 0; a <= size; a++) for (int b = 0; b < a; b++) matrix[b][a] = matrix[a][b];
            for (int a = 0; a < size; a++) {
                matrix[a][a] += penalty;
                right[a] -= penalty * beta[a];
            }
            matrix[size][size] += 1e-9;
            var change = solve(matrix, right);
            double most = 0;
            for (int a = 0; a <= size; a++) {
                beta[a] += change[a];
                most = Math.max(most, Math.abs(change[a]));
            }
            if (most < 1e-7) break;
        }
        double intercept = beta[size];
        var found = new double[size];
        for (int a = 0; a < size; a++) {
            found[a] = beta[a] / deviations[a];
            intercept -= found[a] * means[a];
        }
        return new Fit(intercept, found);
    }

    private static double[] means(List<double[]> rows) {
        var means = new double[rows.getFirst().length];
        for (var row : rows) for (int a = 0; a < means.length; a++) means[a] += row[a] / rows.size();
        return means;
    }

    private static double[] deviations(List<double[]> rows, double[] means) {
        var deviations = new double[means.length];
        for (var row : rows)
            for (int a = 0; a < means.length; a++)
                deviations[a] += (row[a] - means[a]) * (row[a] - means[a]) / rows.size();
        for (int a = 0; a < means.length; a++) deviations[a] = deviations[a] < 1e-12 ? 1 : Math.sqrt(deviations[a]);
        return deviations;
    }

    /** Gaussian elimination with pivots. */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        for (int column = 0; column < size; column++) {
            int pivot = column;
            for (int row = column; row < size; row++)
                if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) pivot = row;
            var swapped = matrix[column];
            matrix[column] = matrix[pivot];
            matrix[pivot] = swapped;
            double moved = right[column];
            right[column] = right[pivot];
            right[pivot] = moved;
            for (int row = column + 1; row < size; row++) {
                double factor = matrix[row][column] / matrix[column][column];
                if (factor == 0) continue;
                for (int a = column; a < size; a++) matrix[row][a] -= factor * matrix[column][a];
                right[row] -= factor * right[column];
            }
        }
        var solution = new double[size];
        for (int row = size - 1; row >= 0; row--) {
            double sum = right[row];
            for (int a = row + 1; a < size; a++) sum -= matrix[row][a] * solution[a];
            solution[row] = sum / matrix[row][row];
        }
        return solution;
    }
}
