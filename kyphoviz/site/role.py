"""What a shape is, and what it is made of: every fact of a role that is about the body stands here, one row each.

How a role is drawn is in `kyphoviz.scene.look`, what a material does to a beam in `kyphoviz.fluoroscopy.materials`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kyphoviz.procedure.state import Layer


class Material(StrEnum):
    """What a solid is made of, as far as a beam can tell."""

    AIR = "air"
    LUNG = "lung"
    ADIPOSE = "adipose"
    MARROW = "marrow"
    WATER = "water"
    MUSCLE = "muscle"
    SOFT = "soft"
    BALLOON_POLYMER = "balloon_polymer"
    DISC = "disc"
    CANCELLOUS_OSTEOPOROTIC = "cancellous_osteoporotic"
    PMMA = "pmma"
    CANCELLOUS = "cancellous"
    COMPACTED = "compacted"
    CANCELLOUS_DENSE = "cancellous_dense"
    CORTICAL = "cortical"
    CONTRAST_DILUTE = "contrast_dilute"
    CEMENT_10_BASO4 = "cement_10_baso4"
    CONTRAST = "contrast"
    CEMENT_30_ZRO2 = "cement_30_zro2"
    CEMENT = "cement"
    CONTRAST_300 = "contrast_300"
    CEMENT_30_BASO4 = "cement_30_baso4"
    TITANIUM = "titanium"
    STEEL = "steel"
    COBALT_CHROME = "cobalt_chrome"
    PLATINUM = "platinum"


class Role(StrEnum):
    """What a shape is; two shapes of one role are drawn, named and X-rayed alike."""

    VERTEBRA = "vertebra"
    CANCELLOUS = "cancellous"
    IMPACTION = "impaction"
    COMPARISON = "comparison"
    LOAD = "load"
    DISC = "disc"
    NUCLEUS = "nucleus"
    CARTILAGE = "cartilage"
    CANAL = "canal"
    CORD = "cord"
    NERVE = "nerve"
    ANTERIOR_LIGAMENT = "anterior_ligament"
    POSTERIOR_LIGAMENT = "posterior_ligament"
    YELLOW_LIGAMENT = "yellow_ligament"
    INTERSPINOUS_LIGAMENT = "interspinous_ligament"
    SUPRASPINOUS_LIGAMENT = "supraspinous_ligament"
    AORTA = "aorta"
    VENA_CAVA = "vena_cava"
    BASIVERTEBRAL_VEIN = "basivertebral_vein"
    SEGMENTAL_ARTERY = "segmental_artery"
    EPIDURAL_VEIN = "epidural_vein"
    RIB_STUB = "rib_stub"
    ERECTOR_SPINAE = "erector_spinae"
    MULTIFIDUS = "multifidus"
    PSOAS = "psoas"
    NEEDLE = "needle"
    HANDLE = "handle"
    COLLAR = "collar"
    CATHETER = "catheter"
    MARKER = "marker"
    BALLOON = "balloon"
    CAVITY = "cavity"
    CEMENT = "cement"
    SKIN = "skin"
    SKIN_SHEET = "skin_sheet"
    SKIN_MARK = "skin_mark"
    DRESSING = "dressing"
    FLOOR = "floor"
    PATIENT = "patient"
    STANDING_PATIENT = "standing_patient"
    TABLE = "table"
    C_ARM = "c_arm"
    C_ARM_TUBE = "c_arm_tube"
    C_ARM_DETECTOR = "c_arm_detector"
    C_ARM_CART = "c_arm_cart"
    BOWL = "bowl"
    BOWL_TOOL = "bowl_tool"
    BOWL_CEMENT = "bowl_cement"
    BOWL_SACHET = "bowl_sachet"
    BOWL_AMPOULE = "bowl_ampoule"
    TURNED_C_ARM = "turned_c_arm"
    BEAM = "beam"
    RIB = "rib"
    RIB_MARROW = "rib_marrow"
    FAR_VERTEBRA = "far_vertebra"
    FAR_MARROW = "far_marrow"
    LUNG = "lung"
    GAS = "gas"


class Ghost(StrEnum):
    """What a hand brings into the picture: looked through, and no layer of the film."""

    TURNED_C_ARM = "turned_c_arm"
    BEAM = "beam"


@dataclass(frozen=True, slots=True)
class Traits:
    """What holds of all shapes of a role.

    `layer` is what it is shown, ghosted or hidden with, `term` its key in the catalogue of names (None: it is never
    named as a whole). `material` is what the beam meets, None where it meets nothing, and `inside` what that displaces.
    `lies_in_bone` tells that solid bone hides it, `is_drawn` that the 3D picture shows it, `is_closed` that its surface
    has no rim.
    """

    layer: Layer | Ghost
    term: str | None = None
    material: Material | None = None
    inside: Material | None = None
    lies_in_bone: bool = False
    is_drawn: bool = True
    is_closed: bool = True


def _in_beam(layer: Layer, material: Material, inside: Material) -> Traits:
    """Of what the beam alone meets."""
    return Traits(layer, material=material, inside=inside, is_drawn=False)


TRAITS: Mapping[Role, Traits] = MappingProxyType(
    {
        Role.VERTEBRA: Traits(Layer.TREATED_BONE, None, Material.CORTICAL, Material.SOFT),
        Role.CANCELLOUS: _in_beam(Layer.TREATED_BONE, Material.CANCELLOUS, Material.CORTICAL),
        Role.IMPACTION: _in_beam(Layer.TREATED_BONE, Material.CANCELLOUS_DENSE, Material.CANCELLOUS),
        Role.COMPARISON: Traits(Layer.LOAD),
        Role.LOAD: Traits(Layer.LOAD),
        Role.DISC: Traits(Layer.DISCS, "disc", Material.DISC, Material.SOFT),
        Role.NUCLEUS: Traits(Layer.DISCS, "nucleus"),
        Role.CARTILAGE: Traits(Layer.DISCS, "cartilage"),
        Role.CANAL: Traits(Layer.NERVES, "canal"),
        Role.CORD: Traits(Layer.NERVES, "spinal_cord"),
        Role.NERVE: Traits(Layer.NERVES, "nerve_root"),
        Role.ANTERIOR_LIGAMENT: Traits(Layer.LIGAMENTS, "anterior_ligament"),
        Role.POSTERIOR_LIGAMENT: Traits(Layer.LIGAMENTS, "posterior_ligament"),
        Role.YELLOW_LIGAMENT: Traits(Layer.LIGAMENTS, "yellow_ligament"),
        Role.INTERSPINOUS_LIGAMENT: Traits(Layer.LIGAMENTS, "interspinous_ligament"),
        Role.SUPRASPINOUS_LIGAMENT: Traits(Layer.LIGAMENTS, "supraspinous_ligament"),
        Role.AORTA: Traits(Layer.VESSELS, "aorta"),
        Role.VENA_CAVA: Traits(Layer.VESSELS, "vena_cava"),
        Role.BASIVERTEBRAL_VEIN: Traits(Layer.VESSELS, "basivertebral_vein"),
        Role.SEGMENTAL_ARTERY: Traits(Layer.VESSELS, "segmental_artery"),
        Role.EPIDURAL_VEIN: Traits(Layer.VESSELS, "epidural_vein"),
        Role.RIB_STUB: Traits(Layer.RIBS, "rib"),
        Role.ERECTOR_SPINAE: Traits(Layer.BACK_MUSCLES, "erector_spinae"),
        Role.MULTIFIDUS: Traits(Layer.BACK_MUSCLES, "multifidus"),
        Role.PSOAS: Traits(Layer.BACK_MUSCLES, "psoas"),
        Role.NEEDLE: Traits(Layer.TOOLS, None, Material.STEEL, Material.SOFT),
        Role.HANDLE: Traits(Layer.TOOLS),  # plastics hardly show on an X-ray
        Role.COLLAR: Traits(Layer.TOOLS),
        Role.CATHETER: Traits(Layer.TOOLS),
        Role.MARKER: Traits(Layer.TOOLS, None, Material.PLATINUM, Material.SOFT),
        Role.BALLOON: Traits(Layer.BALLOONS, "balloon", Material.CONTRAST, Material.CANCELLOUS, lies_in_bone=True),
        Role.CAVITY: Traits(Layer.BALLOONS, "cavity", lies_in_bone=True),
        Role.CEMENT: Traits(Layer.CEMENT, "cement", Material.CEMENT, Material.CANCELLOUS, lies_in_bone=True),
        Role.SKIN: _in_beam(Layer.SKIN, Material.SOFT, Material.AIR),
        Role.SKIN_SHEET: Traits(Layer.SKIN, "skin", is_closed=False),
        Role.SKIN_MARK: Traits(Layer.SKIN, "skin_mark"),
        Role.DRESSING: Traits(Layer.SKIN, "dressing"),
        Role.FLOOR: Traits(Layer.MUSCLE, "muscle", is_closed=False),
        Role.PATIENT: Traits(Layer.PATIENT, "patient"),
        Role.STANDING_PATIENT: Traits(Layer.STANDING_PATIENT, "patient"),
        Role.TABLE: Traits(Layer.TABLE, "table"),
        Role.C_ARM: Traits(Layer.C_ARM, "c_arm"),
        Role.C_ARM_TUBE: Traits(Layer.C_ARM, "c_arm_tube"),
        Role.C_ARM_DETECTOR: Traits(Layer.C_ARM, "c_arm_detector"),
        Role.C_ARM_CART: Traits(Layer.C_ARM, "c_arm"),
        Role.BOWL: Traits(Layer.BOWL, "bowl"),
        Role.BOWL_TOOL: Traits(Layer.BOWL),
        Role.BOWL_CEMENT: Traits(Layer.BOWL, "bowl_cement"),
        Role.BOWL_SACHET: Traits(Layer.BOWL, "bowl_sachet"),
        Role.BOWL_AMPOULE: Traits(Layer.BOWL, "bowl_ampoule"),
        Role.TURNED_C_ARM: Traits(Ghost.TURNED_C_ARM),
        Role.BEAM: Traits(Ghost.BEAM),
        Role.RIB: _in_beam(Layer.OTHER_BONES, Material.CORTICAL, Material.SOFT),
        Role.RIB_MARROW: _in_beam(Layer.OTHER_BONES, Material.CANCELLOUS, Material.CORTICAL),
        Role.FAR_VERTEBRA: _in_beam(Layer.OTHER_BONES, Material.CORTICAL, Material.SOFT),
        Role.FAR_MARROW: _in_beam(Layer.OTHER_BONES, Material.CANCELLOUS, Material.CORTICAL),
        Role.LUNG: _in_beam(Layer.MUSCLE, Material.LUNG, Material.SOFT),
        Role.GAS: _in_beam(Layer.MUSCLE, Material.AIR, Material.SOFT),
    }
)
