"""Who must not get a message about a visit to the police, to be ticked one by one."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.slips.slip_batch import Assurance

ASSURANCE_WORDS = {
    Assurance.VIOLENCE: _l("Cases of domestic and sexual violence were left out"),
    Assurance.CHILDREN: _l("Children were left out"),
    Assurance.INFORMERS: _l("Informers were left out"),
    Assurance.WITNESSES: _l("Witnesses under protection were left out"),
    Assurance.SHARED_PHONES: _l("Phones that several people share were left out"),
}


def left_out_field() -> SelectMultipleField:
    """A box for each group."""
    return SelectMultipleField(
        _l("The list that gets a message holds none of these"),
        choices=[SelectChoice(one.value, words) for one, words in ASSURANCE_WORDS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=_l(
            "A message can give away that somebody went to the police. What you tick here is kept in the audit."
        ),
    )
