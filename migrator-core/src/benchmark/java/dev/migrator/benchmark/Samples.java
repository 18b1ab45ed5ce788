package dev.migrator.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measured values of one kind. */
final class Samples {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  double median() {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double most() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
  }

  static double median(double... values) {
    Samples samples = new Samples();
    Arrays.stream(values).forEach(samples::add);
    return samples.median();
  }
}
