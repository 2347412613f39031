"""Codes in the office: posters, links, counter screens, prints, and what patrols find. For the office alone."""

from app.web.office.codes import counter_screens, ending, issuing, links, placements, prints, share_kits, sightings

VIEWS = (placements, issuing, ending, counter_screens, prints, sightings, links, share_kits)
