#!/usr/bin/env python3
"""What the steps of a campaign cost in CPU time: benchmarks/campaign_cost.py RESULTS

RESULTS is the folder that the pipeline wrote. CPU time is that which Nextflow measured for each task (%cpu times realtime), Java's
start included, Nextflow itself not. The reference calculations are told apart from everything else.
"""
import collections
import csv
import pathlib
import re
import sys

REFERENCE = {'RUN_XTB', 'LABEL_BUILTIN'}
SECONDS = {'ms': 1e-3, 's': 1, 'm': 60, 'h': 3600, 'd': 86400}


def seconds(text):
    return sum(float(value) * SECONDS[unit] for value, unit in re.findall(r'([\d.]+)(ms|[smhd])', text))


if len(sys.argv) != 2:
    sys.exit(__doc__)
trace = pathlib.Path(sys.argv[1]) / 'pipeline_info' / 'trace.tsv'
if not trace.exists():
    sys.exit(f'{trace}: there is no such file; give the folder that the pipeline wrote its results to')
steps = collections.defaultdict(lambda: [0, 0.0, 0.0])
for task in csv.DictReader(trace.open(), delimiter='\t'):
    wall = seconds(task['realtime'])
    share = float(task['%cpu'].rstrip('%')) / 100 if task['%cpu'] != '-' else 0.0
    step = steps[task['name'].split(' ')[0].split(':')[-1]]
    step[0] += 1
    step[1] += wall
    step[2] += wall * share

print(f"{'step':22}{'tasks':>7}{'wall / s':>10}{'CPU / s':>10}")
for name, (tasks, wall, cpu) in sorted(steps.items(), key=lambda item: -item[1][2]):
    print(f'{name:22}{tasks:7}{wall:10.1f}{cpu:10.1f}')
labels = sum(cpu for name, (_, _, cpu) in steps.items() if name in REFERENCE)
others = sum(cpu for name, (_, _, cpu) in steps.items() if name not in REFERENCE)
print(f'\nreference calculations {labels:.0f} s of CPU, everything else {others:.0f} s = {others / 3600:.3f} core-hours')
