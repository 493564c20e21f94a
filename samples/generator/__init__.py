"""Seeded generator of business-card photos with exact truth.

`python -m samples.generator --split train --count 100 --seed 1 --out /tmp/cards` invents people and firms, designs
their cards, prints them, lets a pen write on some, lays them on a desk, photographs them and writes `truth.jsonl`
beside the photos. Photo number i depends only on (split, seed, i), so any part of a set can be made again by itself.

Reading order: `words` (what can be said) → `people`, `firms`, `numbers`, `addresses` (who) → `sheet`, `icons`, `logos`,
`grounds`, `layouts/` (the printed card) → `pen` (the notes on it) → `desks`, `camera`, `light`, `lens`, `hands`,
`scene` (the photo) → `truth`, `files` (what is written).

Two splits share nothing that could be learned by heart: names, firms, titles, slogans, streets, note phrases,
typefaces, layouts and desks are each divided between `train` and `eval` (`seeds.belongs`). `showcase` draws from both.
"""
