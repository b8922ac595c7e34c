"""X-rays: simulated fluoroscopy of the same shapes that the 3D view draws.

`fluoroscope.Fluoroscope` makes the pictures and the line integrals behind them. `materials` holds the attenuation of
everything that X-rays meet. Below: `path_lengths` sums lengths on the graphics card with a `solid` for each shape and
the `beam` of a projection, `numpy_path_lengths` does so without one, and `chosen` tells which of them it is here;
`detector` turns sums into grey, `wide_blur` helps it.
"""
