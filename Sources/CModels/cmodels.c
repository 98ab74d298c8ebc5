#include "cmodels.h"
