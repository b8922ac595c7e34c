"""Scenarios: what a film is made of, and how its file is read.

A scene is one YAML document. Words are given by language code, English at least: `{en: Text, de: Text}`. Numbers are
plain decimals, times are seconds. What is left out has the usual value.

title, summary  words
case            who is treated, and with what:
                level (T12, L1, L2; must be given), mesh (the bone of that level), procedure (kyphoplasty or
                vertebroplasty), preset (acute_mobile, typical, old_stiff: how far posture and balloon lift the bone),
                fracture (wedge, biconcave, crush), grade (mild, moderate, severe; of the height that is lost),
                bone (healthy, osteopenic, osteoporotic, sclerotic), sides (list of left, right), route
                (transpedicular, parapedicular), gauge (8 or 10; 11 or 13 in
                vertebroplasty), balloon_mm (10, 15, 20), balloon_ml (a side), cement_ml (in all), incision_mm,
                teaches (leak: something goes wrong on purpose), leak_ml (0.05 to 0.15, only with teaches: leak)
cameras         by name: focus_mm [x, y, z], azimuth_deg, elevation_deg, distance_mm, roll_deg, view_angle_deg; as in
                `procedure.state.Camera`
looks           by name: show (list of layers), ghost (list of layers, or opacity 0.02 to 0.6 by layer); layers are
                those of `procedure.state.Layer`, what is not named is hidden
chapters        titles (words) by name, in the order of the film; may be left out
steps           list, in the order of the film; each with
  id            letters, digits, _ and -; no two alike
  chapter       the name of the chapter that it belongs to; left out: that of the step before
  kind          show (nothing happens), settle (the bone goes to `to`: healthy, standing, prone, three_months), mark,
                incise, tools (only moves), inflate, deflate, mix, leak (thin cement leaves by a vein; only
                where the case says `teaches: leak`), fill, close, load
  duration_s    in the film
  clinical_min  in the theatre
  title, patient, clinical   words: the name, the plain and the clinical text
  why, risk     words: what the step is for and what can go wrong, in clinical words; may be left out
  variants      other texts by condition (one_side, parapedicular, biconcave, crush): any of title, patient, clinical,
                why, risk
                In all texts {gauge}, {balloon_mm}, {balloon_ml}, {cement_ml}, {leak_ml}, {incision_mm}, {level},
                {broken_front_percent}, {broken_middle_percent}, {broken_back_percent},
                {later_front_percent} and {later_middle_percent} stand for the case's own.
  sources       list of published references for the clinical words
  camera, look  a name, or a mapping as above; left out: as before
  cut           true opens the section along the left needle, false closes it; left out: as before
  c_arm_deg     0 (AP) to 90 (lateral); left out: as before
  xray          list of ap, lateral: views whose beam is on in this step
  xray_until    share of the step, 0.05 to 1, after which the beam is off; left out: 1
  moves         list of {tool, to, start, end, lag}: a tool goes to a station (`procedure.plan.STATIONS`) between two
                shares of the step; the second side follows `lag` later. Tools move in any kind of step.

errors          what is wrong, as lines to show
source, nodes   from file to text, from text to nodes with lines
fields          checked values
case, views, drafts, chapters   the parts of a scene; model: what they are once read
bone_sizes      a person's own set of bones
wording         texts that fit the case
fit             what fits only in pairs
laws, tracks    what must hold between steps: captions can be read, the operation makes sense
load            all of it in a row
"""

from kyphoviz.scenario.errors import ScenarioError
from kyphoviz.scenario.load import find, load, shipped
from kyphoviz.scenario.model import Case, Chapter, Scenario

__all__ = ["Case", "Chapter", "Scenario", "ScenarioError", "find", "load", "shipped"]
