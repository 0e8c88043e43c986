from setuptools import find_packages, setup

setup(name="report_tools", version="0.1.0", packages=find_packages())
